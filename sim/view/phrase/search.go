package phrase

const (
	WhatAnotherThreadChoseForIt   = "what another thread chose for it"
	TimersOfItsPThatAre           = "timers of its P that are due"
	AWorkerOfTheCollectorsIf      = "a worker of the collector’s, if it is its turn"
	TheGlobalQueueEvery61Ticks    = "the global queue, every 61 ticks"
	ItsPsRunnextAndQueue          = "its P’s runnext and queue"
	TheNetworkWithoutWaiting      = "the network, without waiting"
	TheQueuesOfOtherPs            = "the queues of other Ps"
	TimersAndRunnextOfOtherPs     = "timers and runnext of other Ps"
	TheGlobalQueueAgainUnderThe   = "the global queue again, under the lock"
	AWorkerOfTheCollectorsSince   = "a worker of the collector’s, since nothing else is to do"
	AllQueuesOnceMoreWithoutA     = "all queues once more, without a P"
	TheNetworkWaitingUntilTheNext = "the network, waiting until the next timer"
	NowhereItSleeps               = "nowhere: it sleeps"
	Nothing                       = "nothing"
	Now                           = "now"
)
