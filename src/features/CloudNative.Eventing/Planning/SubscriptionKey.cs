namespace CloudNative.Eventing.Planning;

/// <summary>Handlers with the same key share a subscription.</summary>
internal readonly record struct SubscriptionKey(string Topic, string Group);
