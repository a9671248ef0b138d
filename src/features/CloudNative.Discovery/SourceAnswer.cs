namespace CloudNative.Discovery;

/// <summary>What one source last said of a service.</summary>
/// <param name="Source">The name of the source.</param>
/// <param name="Kind">What it said; <see langword="null"/> when it has not answered yet.</param>
/// <param name="Reason">Why it could not answer or is not believed; otherwise <see langword="null"/>.</param>
public sealed record SourceAnswer(string Source, EndpointUpdateKind? Kind, string? Reason);
