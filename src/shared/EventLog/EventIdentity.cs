using System.Security.Cryptography;
using System.Text;

namespace CloudNative.Shared.EventLog;

/// <summary>
/// What makes an event the same as another: 16 bytes made of source and id. Ids that are UUIDs of version 7 keep their time in front, so
/// that those of one moment lie side by side in the index and a commit touches few of its pages.
/// </summary>
internal static class EventIdentity
{
    public const int Length = 16;

    private const int TimeLength = 6;
    private const int LongestOnStack = 512;

    public static byte[] Of(string topic, string source, string id)
    {
        var length = Encoding.UTF8.GetMaxByteCount(topic.Length + source.Length + id.Length + 2);
        var text = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        var end = Encoding.UTF8.GetBytes(topic, text);
        text[end++] = 0;
        end += Encoding.UTF8.GetBytes(source, text[end..]);
        text[end++] = 0;
        end += Encoding.UTF8.GetBytes(id, text[end..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..end], hash);
        var identity = new byte[Length];
        hash[..Length].CopyTo(identity);
        if (Guid.TryParseExact(id, "D", out var uuid) && uuid.Version == 7)
        {
            Span<byte> bytes = stackalloc byte[Length];
            uuid.TryWriteBytes(bytes, bigEndian: true, out _);
            bytes[..TimeLength].CopyTo(identity);
        }

        return identity;
    }
}
