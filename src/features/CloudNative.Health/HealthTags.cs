namespace CloudNative.Health;

/// <summary>
/// Tags of a health check's registration that say which probes it feeds besides <see cref="HealthProbe.Ready"/>.
/// </summary>
public static class HealthTags
{
    /// <summary>
    /// Feeds <see cref="HealthProbe.Live"/>. For what only a restart can cure; never for a dependency, whose failure
    /// would restart every replica at once.
    /// </summary>
    public const string Live = "live";

    /// <summary>
    /// Feeds <see cref="HealthProbe.Startup"/>: work that has to be done before the first call, such as a warm cache.
    /// </summary>
    public const string Startup = "startup";
}
