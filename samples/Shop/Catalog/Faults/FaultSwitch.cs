namespace Shop.Catalog.Faults;

/// <summary>Holds what is wrong at the moment; nothing after a restart.</summary>
internal sealed class FaultSwitch
{
    private volatile Fault _fault = new();

    public Fault Fault
    {
        get => _fault;
        set => _fault = value;
    }
}
