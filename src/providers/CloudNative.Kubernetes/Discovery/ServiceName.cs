using System.Text.RegularExpressions;

namespace CloudNative.Kubernetes.Discovery;

/// <summary>A Service of the cluster, as callers write it.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
internal sealed partial record ServiceName(string Namespace, string Name)
{
    /// <summary>
    /// Reads <c>catalog</c>, <c>catalog.billing</c>, <c>catalog.billing.svc</c> and
    /// <c>catalog.billing.svc.cluster.local</c>.
    /// </summary>
    /// <param name="text">What the caller wrote.</param>
    /// <param name="ownNamespace">The namespace of this service.</param>
    /// <param name="domain">The domain of the cluster.</param>
    /// <returns>The Service; <see langword="null"/> when the text cannot name one.</returns>
    public static ServiceName? Parse(string text, string ownNamespace, string domain)
    {
        var name = Lower(text);
        string[] suffixes = [".svc", $".svc.{domain}"];
        var suffix = Array.Find(suffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal));
        var labels = (suffix is null ? name : name[..^suffix.Length]).Split('.');
        return labels.Length switch
        {
            _ when !Array.TrueForAll(labels, IsLabel) => null,
            1 when suffix is null => new ServiceName(ownNamespace, labels[0]),
            2 => new ServiceName(labels[1], labels[0]) { IsQualifiedFully = suffix is not null },
            _ => null,
        };
    }

    /// <summary>Whether it is said that this is a Service of the cluster.</summary>
    public bool IsQualifiedFully { get; private init; }

    // Names of DNS are lower case in Kubernetes.
    public static string Lower(string text) =>
        string.Create(text.Length, text, static (span, from) => from.AsSpan().ToLowerInvariant(span));

    // RFC 1035 and 1123: what the API allows as the name of a Service or a namespace.
    public static bool IsLabel(string text) => Label().IsMatch(text);

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z")]
    private static partial Regex Label();
}
