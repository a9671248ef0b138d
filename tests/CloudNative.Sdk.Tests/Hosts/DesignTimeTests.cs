using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
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
