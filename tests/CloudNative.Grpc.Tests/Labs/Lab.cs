using CloudNative.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Grpc.Tests.Labs;

/// <summary>A host with a gRPC client of the service <c>parrot</c>.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly InMemoryServiceRegistry _registry;
    private readonly List<IServiceRegistration> _registrations = [];

    private Lab(IHost host, InMemoryServiceRegistry registry) => (_host, _registry) = (host, registry);

    public IServiceProvider Services => _host.Services;

    public Parrot.ParrotClient Client => Services.GetRequiredService<Parrot.ParrotClient>();

    public EndpointTable Table => Services.GetRequiredService<EndpointTable>();

    public static Lab Create(Action<IHttpClientBuilder>? client = null, params (string Key, string Value)[] settings) =>
        Create(TimeProvider.System, client, settings);

    public static Lab Create(
        TimeProvider clock, Action<IHttpClientBuilder>? client = null, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection([
            new("CloudNative:Http:Retry:Delay", "00:00:00"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]);
        builder.Services.AddFakeLogging();
        builder.Services.AddSingleton(clock);
        var registry = new InMemoryServiceRegistry();
        builder.Services.AddSingleton<IEndpointSource>(registry);
        builder.Services.AddCloudNativeHttp();
        builder.Services.AddCloudNativeGrpc();
        var grpc = builder.Services.AddGrpcClient<Parrot.ParrotClient>(options => options.Address = new Uri("http://parrot"));
        client?.Invoke(grpc);
        return new Lab(builder.Build(), registry);
    }

    /// <summary>Makes servers known, in order: <c>i0</c>, <c>i1</c>, …</summary>
    public async Task KnowAsync(params Uri[] addresses)
    {
        foreach (var address in addresses)
        {
            _registrations.Add(await _registry.RegisterAsync(
                new ServiceInstance
                {
                    Service = "parrot",
                    Id = $"i{_registrations.Count}",
                    Endpoints = [new InstanceEndpoint(address.Scheme, address.Host, address.Port)],
                },
                TestContext.Current.CancellationToken));
        }

        await Table.Get("parrot").WaitForAnswerAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Takes all that are known back.</summary>
    public async Task ForgetAsync()
    {
        foreach (var registration in _registrations)
        {
            await registration.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)_host).DisposeAsync();
}
