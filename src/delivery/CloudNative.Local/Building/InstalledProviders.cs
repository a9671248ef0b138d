using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CloudNative.Local.Building;

/// <summary>
/// Finds the providers of a program without running it: an assembly that has one names it by
/// <c>[assembly: AssemblyMetadata("CloudNative.Provider", "consul")]</c>.
/// </summary>
internal static class InstalledProviders
{
    private const string Key = "CloudNative.Provider";

    public static IReadOnlyList<string> Of(ServiceProgram program) =>
    [
        .. Directory.EnumerateFiles(Path.GetDirectoryName(program.Dll)!, "*.dll")
            .SelectMany(Read)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal),
    ];

    private static List<string> Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var image = new PEReader(stream);
            if (!image.HasMetadata)
            {
                return []; // A native library.
            }

            var metadata = image.GetMetadataReader();
            return metadata.IsAssembly ? [.. Names(metadata)] : [];
        }
        catch (BadImageFormatException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Names(MetadataReader metadata)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (!IsMetadata(metadata, attribute))
            {
                continue;
            }

            var value = metadata.GetBlobReader(attribute.Value);
            value.ReadUInt16(); // The prolog of every attribute.
            if (value.ReadSerializedString() == Key && value.ReadSerializedString() is { Length: > 0 } name)
            {
                yield return name;
            }
        }
    }

    private static bool IsMetadata(MetadataReader metadata, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && metadata.GetTypeReference((TypeReferenceHandle)parent) is var type
        && metadata.StringComparer.Equals(type.Name, nameof(AssemblyMetadataAttribute))
        && metadata.StringComparer.Equals(type.Namespace, typeof(AssemblyMetadataAttribute).Namespace!);
}
