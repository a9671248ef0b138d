using CloudNative.Eventing.Generators.Harness;
using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators;

public sealed class ForgottenMapAnalyzerTests
{
    private const string Builder = "var builder = WebApplication.CreateBuilder(args);\n";
    private const string Add = "builder.AddCloudNative();\n";
    private const string Build = "var app = builder.Build();\n";
    private const string Handler = "app.MapEvent(\"orders\", (OrderPlaced e) => { });\n";

    [Theory]
    [InlineData(Builder + Add + Build + Handler)]
    [InlineData(Builder + "builder.AddCloudNative(cloud => cloud.Events.Handle(\"orders\", (OrderPlaced e) => { }));\n" + Build)]
    public async Task WebService_WithHandlersThatMapsNothing_IsFound(string program) =>
        Assert.StartsWith("CN9110 ", Assert.Single(await FindAsync(program)), StringComparison.Ordinal);

    [Theory]
    [InlineData(Builder + Add + Build + Handler + "app.MapCloudNative();")]
    [InlineData(Builder + Add + Build + Handler + "Func<IEndpointConventionBuilder> map = app.MapCloudNative; map();")]
    [InlineData(Builder + Add + Build + "app.MapGet(\"/\", () => 1);")]
    [InlineData(Builder + Build + Handler + "// AddCloudNative is called by a company's defaults, and MapCloudNative perhaps too.")]
    [InlineData("var builder = Host.CreateApplicationBuilder(args);\n" + Add + Build + Handler)]
    public async Task Service_ThatIsCompleteOrNoneOfOurs_IsNot(string program) => Assert.Empty(await FindAsync(program));

    [Fact]
    public async Task Library_WithoutAProgram_IsNot() =>
        Assert.Empty(await Look.FindAsync<ForgottenMapAnalyzer>(
            [Sources.Types,
                $"public static class Setup {{ public static void Run(string[] args) {{ {Builder + Add + Build + Handler} }} }}"]));

    private static Task<IReadOnlyList<string>> FindAsync(string program) =>
        Look.FindAsync<ForgottenMapAnalyzer>([program, Sources.Types], OutputKind.ConsoleApplication);
}
