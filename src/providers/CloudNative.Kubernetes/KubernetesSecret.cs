using System.Text;

namespace CloudNative.Kubernetes;

/// <summary>
/// A Secret, v1 (https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/secret-v1/). Its text
/// does not show what is in it.
/// </summary>
public sealed record KubernetesSecret : KubernetesObject
{
    /// <summary>Bytes by key.</summary>
    public IReadOnlyDictionary<string, byte[]>? Data { get; init; }

    /// <summary>What it is for, such as <c>Opaque</c> or <c>kubernetes.io/tls</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Whether nobody may change the data any more.</summary>
    public bool? Immutable { get; init; }

    /// <summary>Says what it is, and not what is in it.</summary>
    /// <param name="builder">Takes the text.</param>
    /// <returns>Always <see langword="true"/>.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append(Name).Append(", ").Append(Data?.Count ?? 0).Append(" keys");
        return true;
    }
}
