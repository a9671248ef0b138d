using CloudNative.Consumers;

namespace CloudNative.PackageTests.Templates;

/// <summary>What must hold of a created service: its own tests pass, and it does as a process what it says.</summary>
internal static class ServiceTemplate
{
    public static async Task CheckAsync(
        CreatedProjects projects, CreatedService service, IReadOnlyDictionary<string, string?> environment, Func<Task>? whileItRuns = null)
    {
        await Dotnet.RunAsync(projects.Folder, "exec", projects.TestsOf(service.Name), "-noLogo", "-noColor");

        // Without TLS gRPC has a port of its own; the last one that is opened is the one for HTTP.
        var endpoints = new Dictionary<string, string?>(environment)
        {
            ["Kestrel__Endpoints__grpc__Url"] = "http://127.0.0.1:0",
            ["Kestrel__Endpoints__grpc__Protocols"] = "Http2",
            ["Kestrel__Endpoints__http__Url"] = "http://127.0.0.1:0",
        };
        await using var running = await RunningService.StartAsync(
            projects.ProgramOf(service.Name, service.Name),
            projects.ProjectOf(service.Name, service.Name),
            service.Grpc ? endpoints : environment,
            listeners: service.Grpc ? 2 : 1);
        await running.WaitForOkAsync("/health/ready");
        Assert.Contains("Hello, Ada!", await running.GetAsync("/greetings/Ada"), StringComparison.Ordinal);

        // By its registered name, as a neighbour would.
        await running.WaitForOkAsync("/greetings/Ada/of-a-neighbour");
        if (service.Events)
        {
            using var sent = await running.Client.PostAsync(new Uri("/greetings/Grace", UriKind.Relative), content: null);
            Assert.True(sent.IsSuccessStatusCode, running.Output);
            await running.WaitForAsync("/greetings", """["Grace"]""");
        }

        if (service.Grpc)
        {
            var method = $"{ProtoPackage(service)}.v1.Greeter/Greet";
            Assert.Equal("Hello, Ada!", await GrpcCall.AskAsync(running.Addresses[0], method, "Ada"));
        }

        if (whileItRuns is not null)
        {
            await whileItRuns();
        }

        Assert.Equal(0, await running.StopAsync());
    }

    private static string ProtoPackage(CreatedService service) => service.Name switch
    {
        "1x.Größe" => "_1x.gr__e",
        _ => service.Name.Replace('-', '_').ToLowerInvariant(),
    };
}
