using CloudNative.Testing.Kubernetes;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>The rights of a service account, as roles and bindings give them.</summary>
internal static class Permissions
{
    /// <summary>A token of the account; null where its pods get none.</summary>
    public static string? AddToken(KubernetesTestServer server, Manifest account, IReadOnlyList<Manifest> manifests)
    {
        if (account.Content["automountServiceAccountToken"]?.GetValue<bool>() == false)
        {
            return null;
        }

        var rules = manifests
            .Where(manifest => manifest.Kind == "RoleBinding" && manifest.Content["subjects"]!.AsArray().Any(
                subject => Manifest.Text(subject!["kind"]) == "ServiceAccount" && Manifest.Text(subject["name"]) == account.Name))
            .Select(binding => Manifest.Text(binding.Content["roleRef"]!["name"]))
            .Select(name => manifests.Single(manifest => manifest.Kind == "Role" && manifest.Name == name))
            .SelectMany(role => role.Content["rules"]!.AsArray());
        return server.AddToken(account.Name, [.. rules.Select(rule => new KubernetesPermission
        {
            Group = Manifest.Text(Assert.Single(rule!["apiGroups"]!.AsArray())),
            Resource = Manifest.Text(Assert.Single(rule["resources"]!.AsArray())),
            Verbs = [.. rule["verbs"]!.AsArray().Select(Manifest.Text)],
            Namespace = "shop",
        })]);
    }
}
