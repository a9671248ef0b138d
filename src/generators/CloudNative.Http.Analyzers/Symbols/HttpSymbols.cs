using Microsoft.CodeAnalysis;

namespace CloudNative.Http.Analyzers.Symbols;

/// <summary>The types that matter, as one compilation sees them.</summary>
internal sealed class HttpSymbols
{
    private HttpSymbols(Compilation compilation)
    {
        Client = compilation.GetTypeByMetadataName("System.Net.Http.HttpClient");
        ClientJson = compilation.GetTypeByMetadataName("System.Net.Http.Json.HttpClientJsonExtensions");
        Invoker = compilation.GetTypeByMetadataName("System.Net.Http.HttpMessageInvoker");
        Request = compilation.GetTypeByMetadataName("System.Net.Http.HttpRequestMessage");
        DelegatingHandler = compilation.GetTypeByMetadataName("System.Net.Http.DelegatingHandler");
        ClientHandler = compilation.GetTypeByMetadataName("System.Net.Http.HttpClientHandler");
        SocketsHandler = compilation.GetTypeByMetadataName("System.Net.Http.SocketsHttpHandler");
        Uri = compilation.GetTypeByMetadataName("System.Uri");
        ClientBuilder = compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.IHttpClientBuilder");
        Services = compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.IServiceCollection");
        Channel = compilation.GetTypeByMetadataName("Grpc.Net.Client.GrpcChannel");
        ChannelOptions = compilation.GetTypeByMetadataName("Grpc.Net.Client.GrpcChannelOptions");
        MethodConfig = compilation.GetTypeByMetadataName("Grpc.Net.Client.Configuration.MethodConfig");
        GrpcClientOptions = compilation.GetTypeByMetadataName("Grpc.Net.ClientFactory.GrpcClientFactoryOptions");
    }

    public INamedTypeSymbol? Client { get; }

    public INamedTypeSymbol? ClientJson { get; }

    public INamedTypeSymbol? Invoker { get; }

    public INamedTypeSymbol? Request { get; }

    public INamedTypeSymbol? DelegatingHandler { get; }

    public INamedTypeSymbol? ClientHandler { get; }

    public INamedTypeSymbol? SocketsHandler { get; }

    public INamedTypeSymbol? Uri { get; }

    public INamedTypeSymbol? ClientBuilder { get; }

    public INamedTypeSymbol? Services { get; }

    public INamedTypeSymbol? Channel { get; }

    public INamedTypeSymbol? ChannelOptions { get; }

    public INamedTypeSymbol? MethodConfig { get; }

    public INamedTypeSymbol? GrpcClientOptions { get; }

    /// <summary>The symbols, or <see langword="null"/> in a project that does not reference CloudNative.Http.</summary>
    public static HttpSymbols? TryCreate(Compilation compilation) =>
        compilation.GetTypeByMetadataName("CloudNative.Http.ServiceHttpHandlerFactory") is null ? null : new HttpSymbols(compilation);

    public static bool Same(ISymbol? left, ISymbol? right) =>
        left is not null && SymbolEqualityComparer.Default.Equals(left, right);
}
