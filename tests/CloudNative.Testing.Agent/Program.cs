using CloudNative.Testing.Agent;
using CloudNative.Testing.Agent.Leases;
using CloudNative.Testing.Agent.Outbox;
using CloudNative.Testing.Agent.Storm;

if (args is ["storm", var provider, var place, var effects, var name])
{
    await StormWorker.RunAsync(provider, place, effects, name);
    return;
}

if (args is ["outbox", var role, var log, var database])
{
    await OutboxWorker.RunAsync(role, log, database);
    return;
}

if (args is ["consul-lease", var address, var lease, var milliseconds])
{
    await ConsulLeaseWorker.RunAsync(
        address, lease, TimeSpan.FromMilliseconds(long.Parse(milliseconds, System.Globalization.CultureInfo.InvariantCulture)));
    return;
}

// One command a line on standard input, one answer a line on standard output; ends when the input ends.
await using var agent = new EmbeddedAgent(
    dataDirectory: args[0],
    virtualTime: args.Contains("--virtual-time"),
    settings: args.Skip(1).Where(argument => argument.Contains('=', StringComparison.Ordinal)).Select(argument => argument.Split('=', 2)));
Console.WriteLine("ready");
while (await Console.In.ReadLineAsync() is { } line)
{
    agent.Dispatch(line);
}
