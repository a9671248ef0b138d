using System.Globalization;

namespace CloudNative.Kubernetes.Leases;

/// <summary>What this package writes into Lease objects beside their spec, and what it reads there.</summary>
internal static class LeaseMarks
{
    /// <summary>Label: the prefix of the options; all leases of an app are watched together by it.</summary>
    public const string PrefixLabel = "cloudnative-sdk/leases";

    /// <summary>Annotation: the lease's name as the service gave it.</summary>
    public const string NameAnnotation = "cloudnative-sdk/lease";

    /// <summary>Annotation: the fencing token of the last holder.</summary>
    public const string TokenAnnotation = "cloudnative-sdk/fencing-token";

    // More holders than a lease can have in a second.
    private const long HoldersPerSecond = 1 << 20;

    /// <summary>
    /// The token of the last holder; the next one's is larger. An object that was deleted is made again in a later
    /// second of the server's clock, and its tokens begin above all that the one before can have come to.
    /// </summary>
    public static long TokenOf(KubernetesLease lease)
    {
        var made = lease.Metadata.CreationTimestamp?.ToUnixTimeSeconds() ?? 0;
        var counted = (made * HoldersPerSecond) + (lease.Spec?.LeaseTransitions ?? 0);
        return lease.Metadata.Annotations is { } annotations
            && annotations.TryGetValue(TokenAnnotation, out var text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var token)
            && token > counted
                ? token
                : counted;
    }

    /// <summary>Who holds it; <see langword="null"/> for nobody.</summary>
    public static string? HolderOf(KubernetesLease lease) =>
        lease.Spec?.HolderIdentity is { Length: > 0 } holder ? holder : null;
}
