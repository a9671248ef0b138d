using CloudNative.Kubernetes.Sources;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Kubernetes;

/// <summary>
/// Configuration in a directory that a ConfigMap, a Secret or both (a projected volume) are mounted at
/// (https://kubernetes.io/docs/concepts/storage/volumes/#configmap), without any right. The kubelet replaces all files
/// at once, by its link <c>..data</c>, and they are read through it: nobody sees some files of one state and some of
/// another. Files of directories below are keys of sections. A directory that is no such mount is read as it is.
/// </summary>
public sealed class KubernetesFilesConfigurationSource : KubernetesConfigurationSource
{
    /// <summary>
    /// The directory, such as <c>/etc/orders</c>. Not one that is mounted by <c>subPath</c>: those never change.
    /// </summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// How often it is looked whether something has changed, beside the system's notices, which come at once and may
    /// not come at all: where there are too many watchers on a node, or the file system has none. Default 10 s; at
    /// least 1 s.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override IConfigurationProvider Build(IConfigurationBuilder builder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Path);
        ArgumentOutOfRangeException.ThrowIfLessThan(PollInterval, TimeSpan.FromSeconds(1));
        return new FilesConfigurationProvider(this, ObjectConnection.IsForRights(builder), TimeProvider.System);
    }
}
