namespace CloudNative.Embedded.Databases;

/// <summary>A database that was named as outbox; what makes naming it twice equal naming it once.</summary>
/// <param name="ConnectionString">The connection string, or null when it is computed.</param>
/// <param name="Compute">What computes it.</param>
internal sealed record SqliteTarget(string? ConnectionString, Func<IServiceProvider, string>? Compute)
{
    public string Resolve(IServiceProvider services) => ConnectionString ?? Compute!(services);
}
