using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using CloudNative.Testing.Kubernetes.Storage;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>
/// What the server answers when it cannot: a Status
/// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/). The words are those of a real one.
/// </summary>
[SuppressMessage("Design", "CA1064", Justification = "It becomes an answer; it never leaves the server.")]
internal sealed class ApiProblem(int code, string reason, string message) : Exception(message)
{
    public int Code => code;

    public static ApiProblem Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiProblem Forbidden(string user, string verb, StoredKind kind, string? place, string? name) => new(
        403,
        "Forbidden",
        $"{kind.FullName}{(name is null ? "" : $" \"{name}\"")} is forbidden: User \"{user}\" cannot {verb} resource "
        + $"\"{kind.Plural}\" in API group \"{kind.Group}\" "
        + (place is null ? "at the cluster scope" : $"in the namespace \"{place}\""));

    public static ApiProblem NotFound(StoredKind kind, string name) =>
        new(404, "NotFound", $"{kind.FullName} \"{name}\" not found");

    public static ApiProblem AlreadyExists(StoredKind kind, string name) =>
        new(409, "AlreadyExists", $"{kind.FullName} \"{name}\" already exists");

    public static ApiProblem Changed(StoredKind kind, string name) => new(
        409,
        "Conflict",
        $"Operation cannot be fulfilled on {kind.FullName} \"{name}\": the object has been modified; please apply "
        + "your changes to the latest version and try again");

    public static ApiProblem Owned(string manager, IReadOnlyCollection<string> fields) => new(
        409,
        "Conflict",
        $"Apply failed with {fields.Count} conflict(s): conflicts with \"{manager}\": {string.Join(", ", fields)}");

    public static ApiProblem Expired(string message) => new(410, "Expired", message);

    public static ApiProblem BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiProblem Invalid(StoredKind kind, string name, string message) =>
        new(422, "Invalid", $"{kind.Kind} \"{name}\" is invalid: {message}");

    public static ApiProblem UnsupportedMediaType(string? type) => new(
        415, "UnsupportedMediaType", $"the body of the request was in an unknown format: {type}");

    public JsonObject ToStatus() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = Message,
        ["reason"] = reason,
        ["code"] = code,
    };
}
