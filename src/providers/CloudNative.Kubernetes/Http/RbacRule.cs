namespace CloudNative.Kubernetes.Http;

/// <summary>
/// Writes the rule that allows a call and what belongs to it
/// (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole).
/// </summary>
internal static class RbacRule
{
    public static string For(KubernetesCall call)
    {
        // What is listed is watched from there; one without the other is of no use.
        var verbs = call.Verb is "list" or "watch" ? "\"list\", \"watch\"" : $"\"{call.Verb}\"";
        var rule = Allow(call, verbs);
        // The name of what is made is not known to the check of "create".
        rule = call.Name is { } name && call.Verb != "create" ? $"{rule}\n  resourceNames: [\"{name}\"]" : rule;
        return call.MayCreate ? $"{rule}\n{Allow(call, "\"create\"")}" : rule;
    }

    private static string Allow(KubernetesCall call, string verbs) =>
        $"- apiGroups: [\"{call.Group}\"]\n  resources: [\"{call.Resource}\"]\n  verbs: [{verbs}]";
}
