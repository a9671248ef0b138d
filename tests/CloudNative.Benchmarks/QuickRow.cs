namespace CloudNative.Benchmarks;

/// <summary>One row of a quick table.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Run">Runs the operation so many times.</param>
/// <param name="Batch">How often one call to <paramref name="Run"/> repeats it; 10 ms worth or so.</param>
internal sealed record QuickRow(string Name, Action<int> Run, int Batch);
