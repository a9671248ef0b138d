using System.Text.Json;
using CloudNative.AppModel.Reading;

namespace CloudNative.AppModel.Tests;

public sealed class SchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllBytes(Find())).RootElement;

    private static JsonElement Service => Schema.GetProperty("definitions").GetProperty("service");

    [Fact]
    public void Schema_Keys_AreThoseTheReaderTakes()
    {
        Assert.Equal(ModelKeys.App.Order(), Keys(Schema));
        Assert.Equal(ModelKeys.Service.Order(), Keys(Service));
        Assert.Equal(PortNames.Known.Order(), Keys(Service.GetProperty("properties").GetProperty("ports")));
        Assert.Equal(ModelKeys.Port.Order(), Keys(Schema.GetProperty("definitions").GetProperty("fixedPort")));
    }

    [Fact]
    public void Schema_EveryGroup_RefusesOtherKeys()
    {
        Assert.False(Schema.GetProperty("additionalProperties").GetBoolean());
        Assert.False(Service.GetProperty("additionalProperties").GetBoolean());
        Assert.False(Schema.GetProperty("definitions").GetProperty("fixedPort").GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void Schema_Limits_AreTheReaders()
    {
        using var app = new TemporaryApp();
        var replicas = Service.GetProperty("properties").GetProperty("replicas");
        var maximum = replicas.GetProperty("maximum").GetInt32();

        Assert.Equal(maximum, Assert.Single(app.Parse(WithReplicas(maximum)).Services).Replicas);
        Assert.Equal("CN8014", Assert.Single(app.Problems(WithReplicas(maximum + 1))).Id);
    }

    private static string WithReplicas(int replicas) =>
        $"app: a\nservices:\n  b: {{ project: Catalog, replicas: {replicas} }}";

    private static IEnumerable<string> Keys(JsonElement schema) =>
        schema.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order();

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "CloudNative.Sdk.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory.FullName, "docs", "reference", "cloudnative.schema.json");
    }
}
