using CloudNative.Kubernetes.Sources;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Kubernetes;

/// <summary>
/// Configuration in one object of the API, read at the start and followed from there. The service account needs the
/// right to list and watch it; a rule with <c>resourceNames</c> is enough. What was read stays in force while the API
/// server is away, and when the object is deleted.
/// </summary>
public abstract class KubernetesObjectConfigurationSource : KubernetesConfigurationSource
{
    private protected KubernetesObjectConfigurationSource()
    {
    }

    /// <summary>The object's name.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Its namespace; <see langword="null"/> for the service's own. Default <see langword="null"/>.</summary>
    public string? Namespace { get; set; }

    /// <summary>
    /// How long a start is held up while the API server does not answer, before it fails. What is optional is asked for
    /// once. Default 5 s; up to 1 min.
    /// </summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How the API server is reached. Default: as the sources before this one say in <c>CloudNative:Kubernetes</c>;
    /// what they leave out is what Kubernetes puts into the pod.
    /// </summary>
    public KubernetesOptions? Connection { get; set; }

    private protected IConfigurationProvider Build<T>(
        IConfigurationBuilder builder,
        KubernetesKind<T> kind,
        Func<T, IEnumerable<KeyValuePair<string, byte[]>>> entriesOf)
        where T : KubernetesObject
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StartTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(StartTimeout, TimeSpan.FromMinutes(1));
        var options = ObjectConnection.OptionsOf(this, builder);
        return new ObjectConfigurationProvider<T>(this, kind, entriesOf, options, TimeProvider.System);
    }
}
