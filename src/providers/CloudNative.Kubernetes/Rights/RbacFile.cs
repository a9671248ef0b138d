using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudNative.Kubernetes.Rights;

/// <summary>
/// Writes the rights that this service needs to a file, when it is asked for, in the place of starting it. Every start
/// passes here, so nothing is made before that.
/// </summary>
internal sealed class RbacFile(IServiceProvider services, IConfiguration configuration) : IHostCommand
{
    private const string Key = $"{KubernetesOptions.SectionName}:{nameof(KubernetesOptions.RbacFile)}";

    public bool TryRun()
    {
        if (configuration[Key] is not { Length: > 0 } file)
        {
            return false;
        }

        var options = services.GetRequiredService<IOptions<KubernetesOptions>>().Value;
        var text = RbacManifest.Write(
            AccountOf(services.GetRequiredService<ServiceInfo>().Name),
            options.Namespace!,
            services.GetRequiredService<RightsInUse>().Find());
        var path = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Console.Out.WriteLine($"Rights in Kubernetes: {path}");
        return true;
    }

    // The name of a service may hold more than the name of an object does.
    private static string AccountOf(string service)
    {
        var name = string.Concat(service.Select(unit =>
            char.IsAsciiLetterOrDigit(unit) ? char.ToLowerInvariant(unit) : '-')).Trim('-');
        return name.Length switch
        {
            0 => "service",
            > 63 => name[..63].Trim('-'),
            _ => name,
        };
    }
}
