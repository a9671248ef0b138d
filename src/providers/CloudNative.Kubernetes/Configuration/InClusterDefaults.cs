using CloudNative.Kubernetes.Discovery.Dns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Kubernetes.Configuration;

/// <summary>
/// Fills in what the section leaves out from what Kubernetes puts into every pod
/// (https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/#directly-accessing-the-rest-api).
/// </summary>
internal sealed class InClusterDefaults(IConfiguration configuration, string? accountDirectory = null)
    : IPostConfigureOptions<KubernetesOptions>
{
    private const string AccountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount";

    private const string HostVariable = "KUBERNETES_SERVICE_HOST";

    private readonly string _directory = accountDirectory ?? AccountDirectory;

    /// <summary>Whether this process runs in a pod.</summary>
    public static bool IsInCluster(IConfiguration configuration) => Read(configuration, HostVariable) is not null;

    public void PostConfigure(string? name, KubernetesOptions options)
    {
        if (options.Server is null && Read(configuration, HostVariable) is { } host)
        {
            var port = Read(configuration, "KUBERNETES_SERVICE_PORT_HTTPS")
                ?? Read(configuration, "KUBERNETES_SERVICE_PORT")
                ?? "443";
            options.Server = $"https://{Bracket(host)}:{port}";
            // The account is known to the pod's own cluster alone: its token is shown to no other server.
            options.TokenFile ??= options.Token is null ? Find("token") : null;
            options.CaFile ??= Find("ca.crt");
        }

        options.Discovery.ClusterDomain ??= ClusterDomain.Find();
        options.Namespace ??= ReadNamespace() ?? "default";
    }

    private static string Bracket(string host) =>
        host.Contains(':', StringComparison.Ordinal) ? $"[{host.Trim('[', ']')}]" : host;

    private string? ReadNamespace()
    {
        try
        {
            return Find("namespace") is { } path && File.ReadAllText(path).Trim() is { Length: > 0 } text ? text : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? Find(string file) => Path.Combine(_directory, file) is var path && File.Exists(path) ? path : null;

    private static string? Read(IConfiguration configuration, string variable)
    {
        var value = configuration[variable] ?? Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }
}
