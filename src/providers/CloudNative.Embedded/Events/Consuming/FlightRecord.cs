using System.Buffers.Binary;
using CloudNative.Shared.EventLog;
using Microsoft.Win32.SafeHandles;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>
/// A small file in which a member notes what it hands out. It is written without being forced to the disk: it is for the case that
/// the process dies and the machine does not, when whoever takes over learns from it which attempts were under way.
/// </summary>
internal sealed class FlightRecord : IFlightRecord
{
    private const int SlotLength = 16;

    private readonly SafeFileHandle? _file;
    private readonly Stack<int> _free;
    private readonly string _path;

    /// <param name="path">The file; made here.</param>
    /// <param name="slots">How many deliveries there can be at a time.</param>
    public FlightRecord(string path, int slots)
    {
        _path = path;
        _free = new Stack<int>(Enumerable.Range(0, slots).Reverse());
        try
        {
            _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk, perhaps: attempts that end with the process are not counted then.
        }
    }

    /// <summary>Notes an attempt. Returns its slot.</summary>
    public int Enter(long position, int attempt)
    {
        var slot = _free.Pop();
        Write(slot, position, attempt);
        return slot;
    }

    /// <summary>The attempt is over. What the store says of it is newer than the slot, so that is not written.</summary>
    public void Leave(int slot) => _free.Push(slot);

    /// <summary>The attempt is not to count.</summary>
    public void Erase(int slot)
    {
        Write(slot, 0, 0);
        _free.Push(slot);
    }

    public void Write(ILogTables tables)
    {
        // Each note was written when it was made.
    }

    public void Dispose()
    {
        _file?.Dispose();
        Remove(_path);
    }

    /// <summary>What a member that is gone had noted: positions and attempts.</summary>
    public static List<(long Position, int Attempt)> Read(string path)
    {
        var found = new List<(long, int)>();
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length - (file.Length % SlotLength)];
            file.ReadExactly(bytes);
            for (var slot = bytes.AsSpan(); !slot.IsEmpty; slot = slot[SlotLength..])
            {
                var position = BinaryPrimitives.ReadInt64LittleEndian(slot);
                if (position > 0)
                {
                    found.Add((position, (int)BinaryPrimitives.ReadInt64LittleEndian(slot[8..])));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nothing is known, nothing is counted.
        }

        return found;
    }

    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Litter; its name is used once.
        }
    }

    private void Write(int slot, long position, int attempt)
    {
        if (_file is null)
        {
            return;
        }

        Span<byte> bytes = stackalloc byte[SlotLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, position);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], attempt);
        try
        {
            RandomAccess.Write(_file, bytes, (long)slot * SlotLength);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // A full disk: see above; or the member has ended, and its record with it.
        }
    }
}
