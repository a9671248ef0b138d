namespace CloudNative.Kubernetes;

/// <summary>Which objects of a kind are meant. Equal selections share one watch.</summary>
/// <param name="Namespace">The namespace; <see langword="null"/> for all, which needs a ClusterRole.</param>
/// <param name="LabelSelector">
/// Labels in the server's language: <c>kubernetes.io/service-name=catalog</c>; <see langword="null"/> for all.
/// </param>
/// <param name="FieldSelector">
/// Fields in the server's language: <c>metadata.name=settings</c>, which an RBAC rule with <c>resourceNames</c> allows
/// to list and watch; <see langword="null"/> for all.
/// </param>
public sealed record KubernetesSelection(
    string? Namespace = null, string? LabelSelector = null, string? FieldSelector = null)
{
    private const string NameField = "metadata.name=";

    /// <summary>
    /// The name of the one object that is meant; <see langword="null"/> when others can be meant, too.
    /// </summary>
    internal string? Name =>
        FieldSelector is { } selector
            && selector.StartsWith(NameField, StringComparison.Ordinal)
            && !selector.Contains(',', StringComparison.Ordinal)
            ? selector[NameField.Length..]
            : null;

    /// <summary>The one object of this name.</summary>
    /// <param name="place">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The selection.</returns>
    public static KubernetesSelection OfName(string place, string name) =>
        new(place, FieldSelector: NameField + name);
}
