using System.Buffers.Binary;
using System.Text;

namespace CloudNative.TestSupport.Otlp;

/// <summary>Reads the fields of one protobuf message in order; just enough of the wire format to look into OTLP payloads.</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the field that was read.</summary>
    public int Field { get; private set; }

    /// <summary>The bytes of a length-delimited field: a string or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The value of a varint field.</summary>
    public ulong Number { get; private set; }

    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarint();
        Field = (int)(tag >> 3);
        Bytes = default;
        switch (tag & 7)
        {
            case 0:
                Number = ReadVarint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                Bytes = Take((int)ReadVarint());
                break;
            case 5:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new InvalidDataException($"Wire type {tag & 7} is not part of OTLP.");
        }

        return true;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
