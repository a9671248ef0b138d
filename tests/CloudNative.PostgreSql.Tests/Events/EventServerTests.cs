using CloudNative.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.PostgreSql.Tests.Events;

/// <summary>What documents tell of the database: never who signs in, and nothing is connected.</summary>
public sealed class EventServerTests
{
    [Theory]
    [InlineData("Host=db;Port=6432;Database=shop;Username=writer;Password=s3cret", "db:6432", "/shop")]
    [InlineData("Host=one,two:6432;Username=writer;Password=s3cret", "one:5432,two:6432", null)]
    [InlineData("Host=/var/run/postgresql;Database=shop", "/var/run/postgresql", "/shop")]
    public async Task FindServer_OfAConnectionString_HasNoSecrets(string text, string host, string? path)
    {
        await using var services = Build(text);

        Assert.Equal(new EventServer("postgresql", host) { PathName = path }, Find(services));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Hots=db")]
    public async Task FindServer_NoConnectionStringThatCanBeUsed_HasNone(string? text)
    {
        await using var services = Build(text);

        Assert.Null(Find(services));
    }

    private static EventServer? Find(ServiceProvider services) => Assert.IsAssignableFrom<IEventServerSource>(
        services.GetRequiredKeyedService<IEventTransport>(PostgreSqlProvider.Name)).FindServer();

    private static ServiceProvider Build(string? text)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("ConnectionStrings:postgresql", text)]);
        builder.Services.AddLogging().AddCloudNativePostgreSql();
        return builder.Services.BuildServiceProvider();
    }
}
