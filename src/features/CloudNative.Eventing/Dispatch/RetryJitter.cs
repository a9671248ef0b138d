namespace CloudNative.Eventing.Dispatch;

/// <summary>Where the chance in delays comes from; tests bring their own.</summary>
/// <param name="Random">Thread-safe.</param>
internal sealed record RetryJitter(Random Random);
