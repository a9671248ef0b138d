using System.Globalization;
using BenchmarkDotNet.Running;
using CloudNative.Benchmarks;
using CloudNative.Benchmarks.Startup;

// --quick prints small tables within seconds, for docs/performance.md and for a look after a change;
// --startup <probe> [rounds] measures the time to the first answer of CloudNative.StartupProbe, a DLL or a native program;
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

BenchmarkSwitcher.FromAssembly(typeof(QuickMode).Assembly).Run(args);
