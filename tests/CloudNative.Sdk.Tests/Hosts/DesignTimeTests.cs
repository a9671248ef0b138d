using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests.Hosts;

/// <summary>Tools that build the host only to look at it.</summary>
public sealed class DesignTimeTests
{
    [Fact]
    public void OpenApi_MadeByTheBuild_HasTheServicesPathsAndNotOurs()
    {
        // artifacts/bin/<project>/<configuration>/ is where this runs; the app's build writes to artifacts/openapi.
        var file = Path.Combine(AppContext.BaseDirectory, "../../../openapi/CloudNative.Sdk.TestApp.json");
        using var document = JsonDocument.Parse(File.ReadAllText(file));

        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name);

        Assert.Equal(["/hello", "/orders", "/orders/stored"], paths);
    }

    [Fact]
    public void AsyncApi_MadeByTheBuild_HasWhatIsHandledAndWhatIsPublished()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "../../../asyncapi/CloudNative.Sdk.TestApp.json");
        using var document = JsonDocument.Parse(File.ReadAllText(file));

        var operations = document.RootElement.GetProperty("operations").EnumerateObject().Select(operation => operation.Name);

        Assert.Equal(["send_orders", "receive_orders_cloudnative.sdk.testapp"], operations);
    }

    [Fact]
    public async Task AsyncApi_AskedForOnTheCommandLine_IsWrittenAndNothingElseHappens()
    {
        using var directory = new TemporaryDirectory();
        var command = ChildProcessOptions.ForAssembly(
            typeof(Program).Assembly.Location, "--CloudNative:Eventing:AsyncApi:File=docs/events.json", "--urls=http://127.0.0.1:0");
        await using var service = ChildProcess.Start(new ChildProcessOptions
        {
            FileName = command.FileName,
            Arguments = command.Arguments,
            WorkingDirectory = directory.Path,
            Environment = new Dictionary<string, string?>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["CloudNative__Embedded__DataDirectory"] = directory.Combine("data"),
                ["CloudNative__Eventing__Concurrency"] = "0", // Would be refused.
            },
        });

        Assert.Equal(0, await service.WaitForExitAsync(TestContext.Current.CancellationToken));

        Assert.Equal([directory.Combine("docs/events.json")], Directory.GetFiles(directory.Path, "*", SearchOption.AllDirectories));
        Assert.DoesNotContain("Now listening", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsyncApi_CannotBeWritten_EndsWithAnErrorThatSaysWhy()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.Combine("taken"), "", TestContext.Current.CancellationToken);
        await using var service = ChildProcess.Start(ChildProcessOptions.ForAssembly(
            typeof(Program).Assembly.Location, $"--CloudNative:Eventing:AsyncApi:File={directory.Combine("taken/events.json")}"));

        Assert.NotEqual(0, await service.WaitForExitAsync(TestContext.Current.CancellationToken));

        Assert.Contains("taken", service.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void HostFactoryResolver_AsDotnetEfDoes_GetsTheServicesAndStartsNothing()
    {
        IHost? host = null;
        var thread = Environment.CurrentManagedThreadId;
        using var hosts = DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
        {
            if (listener.Name == "Microsoft.Extensions.Hosting")
            {
                listener.Subscribe(new Observer<KeyValuePair<string, object?>>(step =>
                {
                    if (step.Key == "HostBuilt" && Environment.CurrentManagedThreadId == thread)
                    {
                        host = (IHost?)step.Value;
                        throw new HostAbortedException();
                    }
                }));
            }
        }));

        var entry = typeof(Program).Assembly.EntryPoint!;
        var aborted = Assert.Throws<TargetInvocationException>(() => entry.Invoke(null, [Array.Empty<string>()]));

        Assert.IsType<HostAbortedException>(aborted.InnerException);
        using var services = host!.Services.CreateScope();
        Assert.NotNull(services.ServiceProvider.GetService<ServiceInfo>());
        Assert.False(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested);
        host.Dispose();
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(T value) => next(value);
    }
}
