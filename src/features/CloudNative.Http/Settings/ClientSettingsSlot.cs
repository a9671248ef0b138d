namespace CloudNative.Http.Settings;

/// <summary>Where the settings of one client stand; handlers keep the slot and read it per call.</summary>
internal sealed class ClientSettingsSlot(ClientSettings settings)
{
    private ClientSettings _current = settings;

    public ClientSettings Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }
}
