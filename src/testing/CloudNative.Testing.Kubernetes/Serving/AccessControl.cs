using CloudNative.Testing.Kubernetes.Storage;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>
/// Who may do what: bearer tokens, and rules that only ever allow
/// (https://kubernetes.io/docs/reference/access-authn-authz/rbac/).
/// </summary>
internal sealed class AccessControl
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string User, IReadOnlyList<KubernetesPermission> Permissions)> _tokens = [];
    private bool _isOpen = true;

    public string Add(string user, IReadOnlyList<KubernetesPermission> permissions)
    {
        var token = Guid.NewGuid().ToString("N");
        lock (_lock)
        {
            _isOpen = false;
            _tokens.Add(token, (user, permissions));
        }

        return token;
    }

    public void Remove(string token)
    {
        lock (_lock)
        {
            _tokens.Remove(token);
        }
    }

    /// <summary>Lets a request through, or refuses it.</summary>
    public void Check(ApiRequest request, string verb, StoredKind kind, ApiPath path)
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                return;
            }

            if (request.Token is null || !_tokens.TryGetValue(request.Token, out var holder))
            {
                throw ApiProblem.Unauthorized();
            }

            var name = path.Name ?? NameOfSelection(request);
            if (!holder.Permissions.Any(permission => Allows(permission, verb, kind, path.Namespace, name)))
            {
                throw ApiProblem.Forbidden(holder.User, verb, kind, path.Namespace, path.Name);
            }
        }
    }

    // A rule with names allows to list and watch that very one by a field selector:
    // https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
    private static string? NameOfSelection(ApiRequest request)
    {
        const string field = "metadata.name=";
        return request.Ask("fieldSelector") is { } text && text.StartsWith(field, StringComparison.Ordinal)
            ? text[field.Length..]
            : null;
    }

    private static bool Allows(
        KubernetesPermission permission, string verb, StoredKind kind, string? place, string? name) =>
        (permission.Group == kind.Group || permission.Group == "*")
        && (permission.Resource == kind.Plural || permission.Resource == "*")
        && (permission.Verbs.Contains(verb) || permission.Verbs.Contains("*"))
        && (permission.Namespace is null || permission.Namespace == place)
        && (permission.Names is null || (name is not null && permission.Names.Contains(name)));
}
