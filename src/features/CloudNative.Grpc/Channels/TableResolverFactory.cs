using CloudNative.Discovery;
using Grpc.Net.Client.Balancer;

namespace CloudNative.Grpc.Channels;

/// <summary>Resolves <c>cloudnative:///service</c> and <c>cloudnative:///_endpoint.service</c> by the endpoint table.</summary>
internal sealed class TableResolverFactory(EndpointTable table) : ResolverFactory
{
    public const string Scheme = "cloudnative";

    private const int SecurePort = 443;

    public override string Name => Scheme;

    public override Resolver Create(ResolverOptions options)
    {
        // The port that the channel would fall back to tells whether its credentials use TLS.
        var scheme = options.DefaultPort == SecurePort ? "https" : "http";
        var name = options.Address.AbsolutePath.TrimStart('/');
        if (!Uri.TryCreate($"{scheme}://{name}", UriKind.Absolute, out var uri)
            || uri.AbsolutePath != "/"
            || !EndpointQuery.TryParse(uri, out var query, out var service))
        {
            throw new InvalidOperationException($"'{options.Address}' names no service; it looks like '{Scheme}:///catalog'.");
        }

        return new TableResolver(new ChannelService(table.Get(service), query));
    }
}
