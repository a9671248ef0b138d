namespace CloudNative.Comparison.Load;

/// <summary>One call of a service, whatever it speaks. It may throw instead of returning false.</summary>
/// <returns>Whether the answer was good.</returns>
internal delegate Task<bool> Call(CancellationToken cancellationToken);
