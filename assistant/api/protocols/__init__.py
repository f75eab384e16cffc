"""The chat as other programs speak it: OpenAI completions, AI SDK UI messages, the Model Context Protocol."""
