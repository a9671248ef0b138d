using System.Text.Json.Serialization;

namespace CloudNative.Consul.Http;

/// <summary>A session to open, for <c>/v1/session/create</c>.</summary>
internal sealed class SessionDocument
{
    public required string Name { get; set; }

    [JsonPropertyName("TTL")]
    public required string Ttl { get; set; }

    public required string LockDelay { get; set; }

    /// <summary>
    /// Keys outlive the session: what is kept with them may be of use, and a deleted key takes its history along.
    /// </summary>
    public string Behavior { get; set; } = "release";

    /// <summary>
    /// None: an agent that others cannot reach for a moment takes no lease from a process that lives; the TTL alone
    /// does. Left out, it would be the node's own health.
    /// </summary>
    public IList<string> NodeChecks { get; set; } = [];

    /// <summary>As <see cref="NodeChecks"/>, for servers before 1.7.</summary>
    public IList<string> Checks { get; set; } = [];
}
