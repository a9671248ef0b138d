namespace CloudNative.RabbitMq;

/// <summary>Who makes exchanges and queues.</summary>
public enum RabbitMqProvisioning
{
    /// <summary>This process makes what is missing, and refuses what is there and differs.</summary>
    Create,

    /// <summary>
    /// This process makes nothing: it looks whether everything is there as it has to be, and refuses the
    /// difference.
    /// </summary>
    Validate,

    /// <summary>This process makes nothing and looks at nothing; what is missing shows when it is used.</summary>
    Never,
}
