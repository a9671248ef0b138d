using CloudNative.Testing.Agent;

// One command a line on standard input, one answer a line on standard output; ends when the input ends.
await using var agent = new EmbeddedAgent(dataDirectory: args[0], virtualTime: args.Contains("--virtual-time"));
Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is { } line)
{
    agent.Dispatch(line);
}
