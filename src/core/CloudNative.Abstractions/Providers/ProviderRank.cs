namespace CloudNative.Providers;

/// <summary>When a provider serves a feature that nobody chose one for.</summary>
public enum ProviderRank
{
    /// <summary>Only when configuration or code names it.</summary>
    Named,

    /// <summary>By itself, when it is the only primary that is available.</summary>
    Primary,

    /// <summary>
    /// By itself in the Development environment outside Kubernetes, when there is no primary; elsewhere only when
    /// named.
    /// </summary>
    Development,

    /// <summary>By itself in <see cref="HostMode.Test"/>: keeps everything in memory.</summary>
    Test,
}
