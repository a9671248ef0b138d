namespace CloudNative.Discovery;

/// <summary>Who chooses the instance of a call.</summary>
public enum DiscoveryBalancing
{
    /// <summary>
    /// This process: instances are known, balanced, ejected, and a failed call is sent to another one.
    /// </summary>
    Client,

    /// <summary>
    /// The platform, a service mesh above all: names stay as they are, and a call is sent once, so that one layer
    /// balances and repeats and not two. Addresses in the <c>Services</c> section are used all the same.
    /// </summary>
    Platform,
}
