namespace CloudNative.Eventing.Planning;

/// <summary>Handlers with the same key share a subscription.</summary>
internal sealed record SubscriptionKey(string Topic, string Group);
