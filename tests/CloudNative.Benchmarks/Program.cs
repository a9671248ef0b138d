using System.Globalization;
using BenchmarkDotNet.Running;
using CloudNative.Benchmarks;
using CloudNative.Benchmarks.Events;
using CloudNative.Benchmarks.Startup;

// --quick prints small tables within seconds, for docs/performance.md and for a look after a change;
// --startup <probe> [rounds] measures the time to the first answer of CloudNative.StartupProbe, a DLL or a native program;
// --events measures the embedded event log: publishing beside a group commit by hand, four processes, the way to a handler;
// --events-idle measures the processor time of processes that have nothing to do but to be there;
// --outbox measures the way from the commit of a transaction with an outbox to a handler;
// --postgres <connection string> measures the event log in a PostgreSQL database, empty if possible, beside inserts by hand;
// --rabbitmq <address> measures publishing to RabbitMQ, a vhost of its own if possible, beside its client by hand;
// anything else goes to BenchmarkDotNet: --filter '*Pick*'.
if (args.Contains("--quick"))
{
    QuickMode.Run(Console.Out);
    return;
}

if (args is ["--startup", var probe, .. var rest])
{
    await StartupTable.RunAsync(probe, rest is [var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 15, Console.Out);
    return;
}

if (args.Contains("--events"))
{
    await EventTable.RunAsync(Console.Out);
    return;
}

if (args.Contains("--events-idle"))
{
    await IdleTable.RunAsync(Console.Out);
    return;
}

if (args.Contains("--outbox"))
{
    await OutboxTable.RunAsync(Console.Out);
    return;
}

if (args is ["--postgres", var connectionString])
{
    await PostgreSqlTable.RunAsync(connectionString, Console.Out);
    return;
}

if (args is ["--rabbitmq", var broker])
{
    await RabbitMqTable.RunAsync(broker, Console.Out);
    return;
}

if (args is ["--events-idle-child", var idle])
{
    await IdleTable.RunChildAsync(idle);
    return;
}

if (args is ["--events-child", var directory, var publishers])
{
    await EventTable.RunChildAsync(directory, int.Parse(publishers, CultureInfo.InvariantCulture));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(QuickMode).Assembly).Run(args);
