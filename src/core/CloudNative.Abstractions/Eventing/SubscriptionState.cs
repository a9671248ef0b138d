namespace CloudNative.Eventing;

/// <summary>Whether a subscription gets events.</summary>
public enum SubscriptionState
{
    /// <summary>Events come as they are stored.</summary>
    Active,

    /// <summary>The store cannot be reached or is full; it goes on by itself when that passes.</summary>
    Paused,

    /// <summary>It has ended.</summary>
    Stopped,
}
