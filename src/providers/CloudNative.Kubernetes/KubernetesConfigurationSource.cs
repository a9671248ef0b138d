using Microsoft.Extensions.Configuration;

namespace CloudNative.Kubernetes;

/// <summary>
/// What sources of configuration in Kubernetes have in common. A key is a name: <c>Logging__LogLevel__Default</c> is
/// <c>Logging:LogLevel:Default</c>, and one line break at the end of a value is not part of it. What is no text in
/// UTF-8 is left out.
/// </summary>
public abstract class KubernetesConfigurationSource : IConfigurationSource
{
    private protected KubernetesConfigurationSource()
    {
    }

    /// <summary>
    /// The section that the keys are put below, such as <c>Database</c>; <see langword="null"/> for the root. Default
    /// <see langword="null"/>.
    /// </summary>
    public string? Section { get; set; }

    /// <summary>
    /// Whether a service starts when there is nothing to read. It is read as soon as there is. Default
    /// <see langword="false"/>.
    /// </summary>
    public bool Optional { get; set; }

    /// <summary>Whether what changes there changes here. Default <see langword="true"/>.</summary>
    public bool ReloadOnChange { get; set; } = true;

    /// <summary>
    /// The keys that hold whole JSON documents, as <c>appsettings.json</c> is one, and not values; single values
    /// outweigh them. Default: none.
    /// </summary>
    public IList<string> JsonDocuments { get; } = [];

    /// <inheritdoc/>
    public abstract IConfigurationProvider Build(IConfigurationBuilder builder);
}
