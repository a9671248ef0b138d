using System.Text;

namespace CloudNative.Kubernetes.Rights;

/// <summary>Writes a service account, and a Role and its binding for each namespace, as YAML for kubectl.</summary>
internal static class RbacManifest
{
    private const string RbacVersion = "rbac.authorization.k8s.io/v1";

    public static string Write(string account, string place, IReadOnlyList<KubernetesRight> rights)
    {
        var text = new StringBuilder()
            .Append("# What ").Append(account).Append(" asks of the API server of Kubernetes, and nothing else.\n")
            .Append("apiVersion: v1\nkind: ServiceAccount\n");
        AppendMetadata(text, account, place);
        if (rights.Count == 0)
        {
            text.Append("automountServiceAccountToken: false\n");
        }

        foreach (var group in rights.GroupBy(right => right.Namespace, StringComparer.Ordinal))
        {
            AppendRole(text, account, group.Key, group);
            AppendBinding(text, account, place, group.Key);
        }

        return text.ToString();
    }

    private static void AppendRole(StringBuilder text, string name, string place, IEnumerable<KubernetesRight> rights)
    {
        text.Append("---\napiVersion: ").Append(RbacVersion).Append("\nkind: Role\n");
        AppendMetadata(text, name, place);
        text.Append("rules:\n");
        foreach (var right in rights)
        {
            text.Append("  # ").Append(right.Reason).Append('\n')
                .Append("  - apiGroups: [\"").Append(right.Group).Append("\"]\n")
                .Append("    resources: [").Append(right.Resource).Append("]\n")
                .Append("    verbs: [").AppendJoin(", ", right.Verbs).Append("]\n");
            if (right.Name is { } only)
            {
                text.Append("    resourceNames: [\"").Append(only).Append("\"]\n");
            }
        }
    }

    private static void AppendBinding(StringBuilder text, string account, string accountPlace, string place)
    {
        text.Append("---\napiVersion: ").Append(RbacVersion).Append("\nkind: RoleBinding\n");
        AppendMetadata(text, account, place);
        text.Append("roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: ").Append(account).Append(" }\n")
            .Append("subjects:\n  - { kind: ServiceAccount, name: ").Append(account)
            .Append(", namespace: ").Append(accountPlace).Append(" }\n");
    }

    private static void AppendMetadata(StringBuilder text, string name, string place) =>
        text.Append("metadata: { name: ").Append(name).Append(", namespace: ").Append(place).Append(" }\n");
}
