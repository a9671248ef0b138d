namespace CloudNative.Comparison.Load;

/// <summary>How an instance answers.</summary>
/// <param name="Status">The status of all its answers.</param>
/// <param name="Milliseconds">How long each takes.</param>
internal sealed record Conduct(int Status = 200, int Milliseconds = 5);
