using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.Consul.Configuration;

/// <summary>
/// Fills in what the section leaves out from the variables that Consul's own tools read
/// (https://developer.hashicorp.com/consul/commands#environment-variables).
/// </summary>
internal sealed class ConsulEnvironment(IConfiguration configuration) : IPostConfigureOptions<ConsulOptions>
{
    public const string Local = "127.0.0.1:8500";

    public void PostConfigure(string? name, ConsulOptions options)
    {
        options.Address = WithScheme(options.Address ?? Read("CONSUL_HTTP_ADDR") ?? Local);
        options.TokenFile ??= options.Token is null ? Read("CONSUL_HTTP_TOKEN_FILE") : null;
        options.Token ??= Read("CONSUL_HTTP_TOKEN");
        options.CaFile ??= Read("CONSUL_CACERT");
        options.ClientCertificateFile ??= Read("CONSUL_CLIENT_CERT");
        options.ClientKeyFile ??= Read("CONSUL_CLIENT_KEY");
        options.Namespace ??= Read("CONSUL_NAMESPACE");
        options.Partition ??= Read("CONSUL_PARTITION");
    }

    private string WithScheme(string address)
    {
        if (address.Contains("://", StringComparison.Ordinal))
        {
            return address;
        }

        var isTls = Read("CONSUL_HTTP_SSL") is { } text && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));
        return (isTls ? "https://" : "http://") + address;
    }

    private string? Read(string variable)
    {
        var value = configuration[variable] ?? Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }
}
