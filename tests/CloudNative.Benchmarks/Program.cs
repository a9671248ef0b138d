using BenchmarkDotNet.Running;
using CloudNative.Benchmarks;

// --quick prints small tables within seconds, for docs/performance.md and for a look after a change;
// anything else goes to BenchmarkDotNet: --filter '*Pick*'.
if (args.Contains("--quick"))
{
    QuickMode.Run(Console.Out);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(QuickMode).Assembly).Run(args);
